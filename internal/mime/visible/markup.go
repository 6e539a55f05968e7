package visible

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// quoteSign is what an element says about its content.
type quoteSign int

const (
	notQuoted   quoteSign = iota
	bareQuote             // a <blockquote> without a program's mark
	markedQuote           // a program's own markup for quoted mail
)

// Classes, ids and names by which mail programs mark what they quote. The
// "around" ones hold an introduction and a <blockquote>: when the blockquote
// is there it alone is quoted, since people answer between two of them.
var (
	introClasses  = []string{"moz-cite-prefix", "gmail_attr", "moz-email-headers-table", "reply-intro", "x_gmail_attr", "protonmail_quote_attr"}
	aroundClasses = []string{"gmail_quote", "gmail_quote_container", "protonmail_quote", "tutanota_quote", "zmail_extra", "missive_quote", "nylas-quote", "spark_quote", "front-quote", "hs_reply"}
	wholeClasses  = []string{"yahoo_quoted", "yahoo-quoted", "ms-outlook-mobile-reference-message", "wisestamp_quote", "infomaniak_quote"}
	wholeIDs      = []string{"OLK_SRC_BODY_SECTION", "mail-editor-reference-message-container", "isReplyContent", "replySplit", "ymail_quoted"}
	historyIDs    = []string{"divRplyFwdMsg", "zwchr", "stopSpelling"}
	aroundNames   = []string{"messageReplySection", "quote"}
)

// quoteKind judges one element. holdsQuote says that a <blockquote> is inside.
func quoteKind(n *html.Node, holdsQuote bool) quoteSign {
	classes := strings.Fields(attr(n, "class"))
	id := strings.TrimPrefix(attr(n, "id"), "x_")
	switch {
	case n.DataAtom == atom.Blockquote:
		return blockquoteKind(n, classes)
	case oneOf(classes, introClasses):
		return markedQuote
	case oneOf(classes, wholeClasses), oneOf([]string{id}, wholeIDs), strings.HasPrefix(id, "yahoo_quoted"):
		return markedQuote
	case !holdsQuote && (oneOf(classes, aroundClasses) || oneOf([]string{attr(n, "name")}, aroundNames)):
		return markedQuote
	}
	return notQuoted
}

func blockquoteKind(n *html.Node, classes []string) quoteSign {
	if strings.EqualFold(attr(n, "type"), "cite") || attr(n, "cite") != "" || attr(n, "id") == "blockquote_zmail" {
		return markedQuote
	}
	for _, c := range classes {
		if strings.Contains(c, "quote") && c != "webkit-indent-blockquote" || c == "clean_bq" {
			return markedQuote
		}
	}
	style := strings.ReplaceAll(strings.ToLower(attr(n, "style")), " ", "")
	if strings.Contains(style, "border:none") || strings.Contains(style, "border:0") || oneOf(classes, []string{"webkit-indent-blockquote"}) {
		return notQuoted // Gmail's and Safari's way to indent a paragraph
	}
	return bareQuote
}

// startsHistory says that all below the element is the old mail: the header of
// Outlook, Zimbra's and Hotmail's rule.
func startsHistory(n *html.Node) bool {
	id := strings.TrimPrefix(attr(n, "id"), "x_")
	if oneOf([]string{id}, historyIDs) || attr(n, "data-marker") == "__DIVIDER__" {
		return true
	}
	if n.DataAtom != atom.Div {
		return false
	}
	style := strings.ReplaceAll(strings.ToLower(attr(n, "style")), " ", "")
	if !strings.Contains(style, "border-top") {
		return false
	}
	for _, colour := range []string{"solid#b5c4df", "solid#e1e1e1", "rgb(229,229,229)", "solid#b5b5b5"} {
		if strings.Contains(style, colour) {
			return beginsWithField(n)
		}
	}
	return false
}

// beginsWithField: the first words in the element are "De :" or another field
// of a header. The grey line above them is used for other things too.
func beginsWithField(n *html.Node) bool {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
		if b.Len() > 200 {
			break
		}
	}
	return isField(strings.TrimSpace(blankOdd(b.String())))
}

func oneOf(have, want []string) bool {
	for _, h := range have {
		for _, w := range want {
			if h == w || strings.TrimPrefix(h, "x_") == w {
				return true
			}
		}
	}
	return false
}

// holdersOfQuotes finds the elements that have a <blockquote> inside, each
// visited once.
func holdersOfQuotes(root *html.Node) map[*html.Node]bool {
	holds := make(map[*html.Node]bool)
	for n := range root.Descendants() {
		if n.DataAtom != atom.Blockquote || n.Type != html.ElementNode {
			continue
		}
		for p := n.Parent; p != nil && !holds[p]; p = p.Parent {
			holds[p] = true
		}
	}
	return holds
}
