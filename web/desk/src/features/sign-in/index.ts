export { ForgottenPage } from "./ForgottenPage";
export { ResetPage } from "./ResetPage";
export { SignInPage } from "./SignInPage";
