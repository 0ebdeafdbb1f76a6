"""What authors edit: one room for each chapter; README.md says how to move in."""
