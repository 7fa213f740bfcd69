"""What names mean: states, cities, buildings, people, offices, fields of cooperation; lists with loaders."""
