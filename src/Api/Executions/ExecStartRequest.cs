namespace Net.Api.Executions;

/// <summary>The body of <c>POST /exec/{id}/start</c>.</summary>
/// <remarks>Docker's field <c>Tty</c> is ignored: it was decided when the command was created, and Docker's clients say the same
/// again.</remarks>
public sealed record ExecStartRequest
{
    /// <summary>Whether nobody is connected to the command's streams.</summary>
    public bool Detach { get; init; }

    /// <summary>Rows and columns of the pseudo-terminal when the command starts; null for those of the creation.</summary>
    public IReadOnlyList<ushort>? ConsoleSize { get; init; }
}
