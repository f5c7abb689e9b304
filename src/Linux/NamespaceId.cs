namespace Net.Linux;

/// <summary>What tells two namespaces apart: the device and inode of their nsfs file.</summary>
/// <param name="Device">The device number, major in the upper 32 bits.</param>
/// <param name="Inode">The inode number: the figure in <c>net:[4026531840]</c>.</param>
/// <remarks>Unique among the namespaces that exist; a number is used again after its namespace is gone. Source: namespaces(7).</remarks>
public readonly record struct NamespaceId(ulong Device, ulong Inode);
