"""What is printed of dossiers."""
