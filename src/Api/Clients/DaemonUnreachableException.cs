namespace Net.Api.Clients;

/// <summary>The daemon gave no answer: it does not run, access to the socket is denied, or the connection broke. The message names the
/// socket and the remedy.</summary>
public sealed class DaemonUnreachableException : Exception
{
    /// <summary>Makes the error.</summary>
    /// <param name="message">One sentence with the socket, the cause and the remedy.</param>
    /// <param name="inner">The error of the socket.</param>
    public DaemonUnreachableException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
