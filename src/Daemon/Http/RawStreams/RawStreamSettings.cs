using Net.Api.Streams;

namespace Net.Daemon.Http.RawStreams;

/// <summary>How a client is connected to the streams of a command.</summary>
internal sealed record RawStreamSettings
{
    /// <summary>Whether the command has a terminal: then its bytes are sent as they are, and otherwise as frames.</summary>
    public required bool Terminal { get; init; }

    /// <summary>Whether what the client sends is the command's input.</summary>
    public required bool Input { get; init; }

    /// <summary>Whether the client gets standard output.</summary>
    public required bool Output { get; init; }

    /// <summary>Whether the client gets standard error.</summary>
    public required bool Error { get; init; }

    /// <summary>Whether the end of what the client sends is the end of the command's input. That of a terminal never is.</summary>
    public required bool PassesEndOfInput { get; init; }

    /// <summary>The keys by which the client leaves a command with a terminal.</summary>
    public required DetachKeys Keys { get; init; }
}
