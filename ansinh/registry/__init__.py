"""Persons, standings and areas as dated facts; spreadsheets come in here. / Cá nhân, diện, địa bàn."""
