"""The room of chapter 04."""
