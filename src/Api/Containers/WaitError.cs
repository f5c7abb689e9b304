namespace Net.Api.Containers;

/// <summary>Why a container cannot be waited for.</summary>
public sealed record WaitError
{
    /// <summary>The daemon's sentence.</summary>
    public string Message { get; init; } = "";
}
