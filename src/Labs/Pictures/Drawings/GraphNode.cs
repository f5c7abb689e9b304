namespace Net.Labs.Pictures.Drawings;

/// <summary>A node of a graph.</summary>
/// <param name="Id">A word of its own: <c>n0</c>.</param>
/// <param name="Host">The name of its host; null when it is outside of all.</param>
/// <param name="Kind">What it stands for.</param>
/// <param name="Lines">Its text, which is safe for a terminal; what the format demands is not yet escaped.</param>
internal sealed record GraphNode(string Id, string? Host, GraphNodeKind Kind, IReadOnlyList<string> Lines);
