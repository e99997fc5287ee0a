"""Training: from a folder of labelled paintings to the network that ships."""
