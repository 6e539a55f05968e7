package api

//go:generate go run ../../test/tools/openapi ../../web/desk/openapi.json
//go:generate go run ../../test/tools/said .. ../../web/desk/said.json ../../web/desk/src/shared/i18n/mail-server.fr.json
