"""One module per discovery strategy: pages of invented towns in the shape that each system gives its own."""
