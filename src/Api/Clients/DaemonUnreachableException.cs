namespace Net.Api.Clients;

/// <summary>No answer came from the daemon: it does not run, the socket is not ours to use, or the connection broke. The message names the socket and the remedy.</summary>
public sealed class DaemonUnreachableException : Exception
{
    /// <summary>Makes the error.</summary>
    /// <param name="message">One sentence with the socket, the cause and the remedy.</param>
    /// <param name="inner">What the socket said.</param>
    public DaemonUnreachableException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
