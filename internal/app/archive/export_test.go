package archive

// BlobColumns are for the test that looks for forgotten ones.
var BlobColumns = blobColumns
