return args is ["shim", .. var rest] ? Net.Shims.ShimProgram.Run(rest) : 1;
