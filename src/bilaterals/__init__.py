"""bilaterals."""
