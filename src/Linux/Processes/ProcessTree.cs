namespace Net.Linux.Processes;

/// <summary>Finds the descendants of a process in one snapshot of /proc.</summary>
public static class ProcessTree
{
    /// <summary>Lists all running descendants of a process, at any depth. The process itself is not included.</summary>
    /// <param name="processes">The snapshot from <see cref="ProcessStatus.ReadAll"/>.</param>
    /// <param name="ancestorId">The process ID whose descendants are listed.</param>
    public static IReadOnlyList<ProcessStatus> Descendants(IReadOnlyList<ProcessStatus> processes, int ancestorId)
    {
        ILookup<int, ProcessStatus> children = processes.ToLookup(static process => process.ParentId);
        var found = new List<ProcessStatus>();
        var open = new Queue<int>([ancestorId]);
        while (open.TryDequeue(out int parent))
        {
            foreach (ProcessStatus child in children[parent])
            {
                open.Enqueue(child.Id);
                if (child.IsRunning)
                {
                    found.Add(child);
                }
            }
        }

        return found;
    }
}
