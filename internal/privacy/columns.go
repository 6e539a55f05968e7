package privacy

import (
	"maps"
	"slices"
	"strings"
)

// Eraser says what becomes of a text column when a person is forgotten.
type Eraser string

// The erasers.
const (
	Word     Eraser = "word"     // one of the program's own words, a number or a date: stays, figures need it
	Shop     Eraser = "shop"     // the shop's own settings and words: stays
	Customer Eraser = "customer" // about or by a customer, or naming one: emptied with the customer
	Staff    Eraser = "staff"    // about somebody who works here: emptied with the person
	Bytes    Eraser = "bytes"    // hash of kept bytes: they are deleted when nothing else needs them, then emptied
	Passing  Eraser = "passing"  // gone by itself within days: deleted at once where it names the person
)

// columns holds every text column by table. JSON is kept as text.
var columns = map[string]map[Eraser]string{
	"meta":              {Word: "name value"},
	"event":             {Word: "kind data"}, // ids, enums, instants and amounts only (I9)
	"job":               {Word: "kind pool key args state", Passing: "last_error"},
	"shop":              {Shop: "name url phone address siret language timezone holidays colour logo_type ack_fr ack_en remind_fr remind_en", Bytes: "logo"},
	"shop_words":        {Shop: "words instead"},
	"shop_hours":        {Shop: "channel hours delay"},
	"mailbox":           {Word: "kind auth imap_security smtp_security after_intake state error", Shop: "name address aliases username secret imap_host smtp_host inbox junk sent move_to dkim_domain dkim_selector dkim_key"},
	"mailbox_folder":    {Word: "role", Shop: "name"},
	"mailbox_lease":     {Word: "work"},
	"person":            {Word: "language theme list_order own_hours tour", Staff: "name email password totp_secret"},
	"saved_view":        {Word: "base filter", Shop: "name icon"},
	"membership":        {Word: "role favourites morning", Staff: "role_line"},
	"absence":           {Staff: "first_day last_day"},
	"session":           {Passing: "token label"},
	"password_reset":    {Passing: "token"},
	"recovery_code":     {Staff: "code"},
	"item":              {Word: "source role state reason after_intake", Shop: "folder", Customer: "envelope", Bytes: "blob"},
	"customer":          {Word: "language", Customer: "name address note"},
	"customer_identity": {Word: "kind", Customer: "value shown"},
	"customer_word":     {Customer: "word"},
	"search_index":      {Word: "state"},
	"sender_rule":       {Word: "rule", Customer: "address"},
	"conversation":      {Word: "channel language state tray next_kind", Shop: "product cause", Customer: "subject snippet"},
	"reason":            {Shop: "name"},
	"tag":               {Shop: "name folded colour"},
	"team":              {Shop: "name"},
	"suggested_word":    {Word: "what", Shop: "word"},
	"field":             {Word: "kind", Shop: "name choices"},
	"field_value":       {Customer: "value"},
	"notice":            {Word: "kind about"}, // about: a rule and figures
	"bulk_act":          {Word: "act ids next result", Passing: "key"},
	"participant":       {Customer: "address"},
	"thread_key":        {Customer: "message_id"},
	"message": {
		Word:     "direction kind channel language send_key",
		Customer: "from_name from_address recipients subject body quote html rfc_message_id in_reply_to fingerprint",
		Bytes:    "raw",
	},
	"attachment":         {Word: "type", Customer: "name content_id", Bytes: "blob"},
	"suggestion":         {Word: "reason state"},
	"draft":              {Word: "kind attachments", Customer: "html recipients options"},
	"promise":            {Word: "kind basis state cause", Customer: "title reason"},
	"delivery":           {Word: "kind state passed_rules", Shop: "sender acts", Customer: "rfc_message_id subject detail pass_reason", Bytes: "raw"},
	"delivery_recipient": {Word: "role state enhanced", Customer: "address name detail"},
	"delivery_attempt":   {Word: "outcome", Customer: "detail"}, // servers' answers name addresses
	"automatic_mail":     {Passing: "address"},
	// A saved answer is written for everybody: whoever is named in one is named by the shop.
	"saved_answer":        {Word: "review_on ready", Shop: "title shortcut actions words"},
	"saved_answer_body":   {Word: "language", Shop: "html"},
	"saved_answer_folder": {Shop: "name"},
	"saved_link":          {Shop: "link"},
	"incident":            {Shop: "name words banner_fr banner_en"},
	"incident_round":      {Word: "state", Shop: "text_fr text_en"},
	"incident_answer":     {Word: "state why", Customer: "own_html sent_html pass_reason"},
	"api_key":             {Word: "scopes", Shop: "name token hint"},
	"idempotent_request":  {Word: "owner fingerprint state type", Passing: "name answer"},
	"push_key":            {Shop: "public_key private_key"},
	"push_subscription":   {Word: "problem", Staff: "endpoint p256dh auth"},
	"morning_mail":        {Word: "day"},
	"report_counted":      {Word: "entries"}, // numbers
	"report_fold":         {Word: "position state"},
	"report_figure":       {Word: "kind"},
	"report_arrangement":  {Word: "blocks"},
	"mailbox_audit":       {Word: "state problem figures", Passing: "oldest"},
	"guard_firing":        {Word: "rule"},
	"false_alarm":         {Word: "rule verdict", Customer: "words"},
	"guard_rule":          {Word: "rule"},
	"webhook":             {Word: "kinds state cause position", Shop: "name url secret old_secret"},
	"webhook_delivery":    {Word: "name kind payload state"},             // ids, enums, instants and links (I9)
	"party":               {Word: "kind language", Shop: "name address"}, // people whom the shop works with: its address book
	"ask":                 {Word: "kind language", Shop: "name address product"},
	"ask_mail":            {Passing: "token", Customer: "rfc_message_id"},
	"reading":             {Word: "state", Customer: "pass_reason promises note"},
	"webhook_attempt":     {Word: "error", Passing: "answer"},
}

// Column is one text column and what erasure does to it.
type Column struct {
	Table, Name string
	Eraser      Eraser
}

// Columns lists every text column of the schema, by table and name.
func Columns() []Column {
	var out []Column
	for table, by := range columns {
		for eraser, names := range by {
			for name := range strings.FieldsSeq(names) {
				out = append(out, Column{table, name, eraser})
			}
		}
	}
	slices.SortFunc(out, func(a, b Column) int {
		return strings.Compare(a.Table+"."+a.Name, b.Table+"."+b.Name)
	})
	return out
}

var meanings = map[Eraser]string{
	Word:     "one of the program's own words, a number or a date; it stays, figures need it",
	Shop:     "the shop's own settings and words; they stay",
	Customer: "about or by a customer, or naming one; emptied with the customer",
	Staff:    "about somebody who works here; emptied with the person",
	Bytes:    "hash of kept bytes; they are deleted when nothing else needs them, then it is emptied",
	Passing:  "gone by itself within days; deleted at once where it names the person",
}

// Page is docs/erasure.md.
func Page() string {
	var b strings.Builder
	b.WriteString("# What erasure does to each text column\n\n" +
		"Forgetting a person keeps the figures (I10). Every text column of the database stands here with what erasure does to it;\n" +
		"JSON is kept as text. Package `privacy` holds the list, and its tests fail on a column that is missing. The operation that\n" +
		"erases comes with a later version; until then the list says what it will do.\n\n")
	for _, e := range slices.Sorted(maps.Keys(meanings)) {
		b.WriteString("- **" + string(e) + "**: " + meanings[e] + ".\n")
	}
	b.WriteString("\nThe tables of the search index (`search_g1` and so on) are made by package `search`, not by a migration. They hold words of\n" +
		"messages, derived from the columns above, by the message's number: `search.Remove` is their eraser, `search.Forget` makes SQLite\n" +
		"give up the bytes at once. They are built anew from the messages by any start that finds none.\n")
	b.WriteString("\n| table | column | eraser |\n|---|---|---|\n")
	for _, c := range Columns() {
		b.WriteString("| " + c.Table + " | " + c.Name + " | " + string(c.Eraser) + " |\n")
	}
	return b.String()
}
