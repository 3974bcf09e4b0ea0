"""What the tests share: real servers, real terminals, programs that may be missing."""
