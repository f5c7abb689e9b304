namespace Net.Shims.Wire;

/// <summary>Bytes on a shim's socket that are not a frame; the connection cannot be used any more.</summary>
internal sealed class FrameFormatException(string message) : IOException(message);
