"""An invented province, written as the spreadsheets an office would have, imported and walked through five months."""
