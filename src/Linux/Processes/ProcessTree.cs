namespace Net.Linux.Processes;

/// <summary>Who descends from whom, in one reading of /proc.</summary>
public static class ProcessTree
{
    /// <summary>All running descendants of a process, at any depth, itself not included.</summary>
    /// <param name="processes">What <see cref="ProcessStatus.ReadAll"/> gave.</param>
    /// <param name="ancestorId">The process to start from.</param>
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
