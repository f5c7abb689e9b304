namespace Net.Cnm.Processes;

/// <summary>The size of a terminal in characters.</summary>
/// <param name="Rows">The number of lines.</param>
/// <param name="Columns">The number of characters per line.</param>
public readonly record struct TerminalSize(ushort Rows, ushort Columns);
