package imapin_test
import ("testing";"os";"os/exec"
"github.com/comptoir-desk/comptoir/internal/intake"
"github.com/comptoir-desk/comptoir/internal/testkit"
"github.com/comptoir-desk/comptoir/internal/testkit/mailserver")
func TestFP(t *testing.T){
 server := mailserver.Dovecot(t); folder:=t.TempDir()
 d := newDesk(t, testkit.OpenStore(t, folder+"/desk.db"), server.IMAPAddr)
 fill2(t,server)
 for _,fp:=range []string{"intake.blob_put","intake.committed:2","imap.position_moved:2"} {
  c:=exec.Command(os.Args[0]); c.Env=append(os.Environ(),envFolder+"="+folder,envServer+"="+server.IMAPAddr,"COMPTOIR_FAILPOINT="+fp)
  err:=c.Run(); t.Log(fp,err,d.count("INBOX",intake.StateStored))
 }
}
func fill2(t *testing.T, s *mailserver.Mailboxes){ for i:=range 60 { s.Append(t,lila,"INBOX",mailFrom("x",i),nil,friday)} }
