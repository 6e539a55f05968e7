import { useMutation, useQueryClient } from "@tanstack/react-query";
import { post } from "@/shared/api/call";

export function useLeaveDemo(onLeft: () => void) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => post("/setup/leave-demo"),
    onSuccess: () => {
      queries.clear();
      onLeft();
    },
  });
}
