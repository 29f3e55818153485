"""What trials of a running installation share: a survey to answer, visitors, and a database server of their own."""
