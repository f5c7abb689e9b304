namespace Net.Cnm.Processes;

/// <summary>The size of a terminal in characters.</summary>
/// <param name="Rows">Lines.</param>
/// <param name="Columns">Characters a line.</param>
public readonly record struct TerminalSize(ushort Rows, ushort Columns);
