package api

import "context"

type enrolmentOut struct {
	Body struct {
		Secret string `json:"secret"`
		URL    string `json:"otpauth_url"`
		PNG    []byte `json:"qr_png_base64"`
	}
}

// beginTOTP draws a secret; sign-in asks for nothing before it is confirmed.
func (s *Server) beginTOTP(ctx context.Context, _ *struct{}) (*enrolmentOut, error) {
	e, err := s.Team.BeginTOTP(ctx, actor(ctx).Person)
	if err != nil {
		return nil, err
	}
	out := &enrolmentOut{}
	out.Body.Secret, out.Body.URL, out.Body.PNG = e.Secret, e.URL, e.PNG
	return out, nil
}

type confirmTOTPIn struct {
	Body struct {
		Code string `json:"code" maxLength:"40"`
	}
}

type recoveryOut struct {
	Body struct {
		Codes []string `json:"recovery_codes" nullable:"false" doc:"Shown this once"`
	}
}

func (s *Server) confirmTOTP(ctx context.Context, in *confirmTOTPIn) (*recoveryOut, error) {
	c := callerOf(ctx)
	codes, err := s.Team.ConfirmTOTP(ctx, c.actor.Person, c.session.ID, in.Body.Code)
	if err != nil {
		return nil, err
	}
	out := &recoveryOut{}
	out.Body.Codes = append([]string{}, codes...)
	return out, nil
}

type dropTOTPIn struct {
	Body struct {
		Password string `json:"password" maxLength:"1000"`
	}
}

func (s *Server) dropTOTP(ctx context.Context, in *dropTOTPIn) (*struct{}, error) {
	return nil, s.Team.DropTOTP(ctx, actor(ctx).Person, in.Body.Password)
}
