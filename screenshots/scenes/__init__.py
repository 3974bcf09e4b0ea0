"""What is pictured, by the part of the program that it is about."""
