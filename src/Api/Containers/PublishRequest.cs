namespace Net.Api.Containers;

/// <summary>The body of <c>POST /netctl/containers/{id}/publish</c> and of <c>/unpublish</c>.</summary>
public sealed record PublishRequest
{
    /// <summary>The ports as typed after <c>-p</c>: <c>[IP:][HOST:]CONTAINER[/PROTOCOL]</c>.</summary>
    public IReadOnlyList<string>? Ports { get; init; }
}
