"""What people see of a plan. Every read starts from what is visible to the user."""
