"""From photo bytes to what is on the photo. Knows no chat."""
