"""What Docent says, and to what. Knows no platform."""
