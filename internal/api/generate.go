package api

//go:generate go run ../../test/tools/openapi ../../web/desk/openapi.json
