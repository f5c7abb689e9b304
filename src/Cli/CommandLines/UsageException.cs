namespace Net.Cli.CommandLines;

/// <summary>A command line that is invalid. The message names the argument at fault.</summary>
internal sealed class UsageException : Exception
{
    /// <summary>Makes the error.</summary>
    /// <param name="message">What is wrong, naming the flag or argument and what it takes.</param>
    /// <param name="path">The command whose help describes the arguments: <c>netctl network create</c>.</param>
    /// <param name="exitCode">1, or 125 for run and create.</param>
    public UsageException(string message, string path, int exitCode)
        : base(message)
    {
        Path = path;
        ExitCode = exitCode;
    }

    public string Path { get; }

    public int ExitCode { get; }
}
