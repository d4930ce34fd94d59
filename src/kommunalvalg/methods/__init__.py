"""The mathematics of the distribution of seats, knowing nothing of Danish bodies."""
