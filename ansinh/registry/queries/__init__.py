"""What can be asked of areas and persons."""
