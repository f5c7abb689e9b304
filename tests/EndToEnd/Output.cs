namespace Net.Tests.EndToEnd;

/// <summary>What a program did.</summary>
public sealed record Output(int ExitCode, string StandardOutput, string StandardError)
{
    public override string ToString() => $"exit {ExitCode}\nstdout: {StandardOutput}\nstderr: {StandardError}";
}
