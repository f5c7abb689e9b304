using System.Text.Json;

using Net.Linux;
using Net.Shims.States;

namespace Net.Shims;

/// <summary>The shims as the processes that live in sandboxes' network namespaces. A namespace's file is named by the sandbox's
/// id.</summary>
/// <param name="directory">EXEC_ROOT/shims.</param>
public sealed class ShimNamespaces(string directory) : INamespaceHolders
{
    /// <inheritdoc/>
    public NamespaceHolder? Find(string path) => HolderOf(Read(Path.GetFileName(path)));

    /// <inheritdoc/>
    /// <remarks>A shim that shares the namespace of another run of that sandbox is in a namespace of another inode number, since its own
    /// keeps that number from being used again.</remarks>
    public NamespaceHolder? FindHeir(string path)
    {
        string sandbox = Path.GetFileName(path);
        return Read(sandbox) is { Network: { } inode }
            ? Directory.EnumerateDirectories(directory).Select(Read)
                .Where(record => record is { Network: { } shared } && shared == inode && record.NetworkOf == sandbox)
                .Select(HolderOf).FirstOrDefault(holder => holder is not null)
            : null;
    }

    private static NamespaceHolder? HolderOf(ShimRecord? record) =>
        record is { Finished: null, Network: { } inode, IsShimRunning: true } ? new NamespaceHolder(record.Shim.Id, inode) : null;

    private ShimRecord? Read(string sandbox)
    {
        try
        {
            return StateFile.Read(Path.Combine(directory, sandbox));
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
