"""What several rooms share: the sheet, beliefs, common mistakes; the wires of the cell, a cell worked by hand."""
