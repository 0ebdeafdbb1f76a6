"""The room of chapter 10."""
