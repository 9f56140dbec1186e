"""Pages of the registry: imports, areas through time, persons."""
