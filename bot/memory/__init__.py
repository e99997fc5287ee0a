"""What Docent keeps: photos' answers, taps, and Wikipedia's pages. Knows no chat platform."""
