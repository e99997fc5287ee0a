"""Quizzes: five questions on what hangs around the visitors, or on what the library tells."""
