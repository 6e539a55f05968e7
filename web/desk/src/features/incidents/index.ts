export { IncidentPage } from "./IncidentPage";
export { IncidentsPage } from "./IncidentsPage";
