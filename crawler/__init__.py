"""What to ask for: spiders, discovery and manners. Keeping, deriving and answering is `archive`'s."""
