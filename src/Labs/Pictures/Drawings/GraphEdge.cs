namespace Net.Labs.Pictures.Drawings;

/// <summary>An edge of a graph.</summary>
/// <param name="From">Where it begins.</param>
/// <param name="To">Where it ends.</param>
/// <param name="Kind">What it stands for.</param>
/// <param name="Label">Its text as that of a node; empty for none.</param>
internal sealed record GraphEdge(GraphNode From, GraphNode To, GraphEdgeKind Kind, string Label);
