"""Elections that come with the package: what was counted, what was published, and the areas and parties in them."""
