namespace Net.Tests.TestKit;

/// <summary>How a program ended.</summary>
/// <param name="ExitCode">0 is success.</param>
/// <param name="Output">Its standard output.</param>
/// <param name="Error">Its standard error.</param>
public sealed record CommandResult(int ExitCode, string Output, string Error);
