"""How the language pipeline is made: treebanks to training documents, word vectors, training, scoring."""
