"""What is left of a tour when it ends: an album, a table, a timeline, a PDF and a CSV."""
