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
    public NamespaceHolder? Find(string path)
    {
        ShimRecord? record;
        try
        {
            record = StateFile.Read(Path.Combine(directory, Path.GetFileName(path)));
        }
        catch (JsonException)
        {
            return null;
        }

        return record is { Finished: null, Network: { } inode, IsShimRunning: true }
            ? new NamespaceHolder(record.Shim.Id, inode)
            : null;
    }
}
