/* A NumPy ufunc's own loop over large arrays, on several cores at once.

   A thread of Python's that waits for work must sleep, since one that spins would hold the interpreter's lock; and to
   wake it takes a tenth of what an operation on a million numbers takes. The worker threads here never touch the
   interpreter: after a job they wait for the next one spinning, as OpenMP's do, and fall asleep if none comes. While they
   spin they give way to any other thread that is ready to run.

   The numbers are cut into blocks, and each thread has a share of them. It goes through its share upwards in one job
   and downwards in the next: so it begins with what it has just written, which is still in its core's cache. Whoever is
   done steals blocks of the others' shares, so nobody waits long for a thread that was late.

   Workers round, and treat denormal numbers, as a process does at its start, whatever the calling thread has set. */

#define PY_SSIZE_T_CLEAN
#include <Python.h>
#define NPY_NO_DEPRECATED_API NPY_2_0_API_VERSION
#include <numpy/arrayobject.h>
#include <numpy/ufuncobject.h>

#include <fenv.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <time.h>
#if defined(__x86_64__) || defined(__i386__)
#include <immintrin.h>
#endif

#define APART 128       /* bytes between what two threads write: cache lines are that long, or fetched in such pairs */
#define BLOCK (1 << 16) /* bytes of a block: a small part of a core's cache */
#define SPINNING 0.0005 /* seconds that a worker spins before it sleeps */
#define SPINS 100       /* between two offers of the core to others, such as the threads of a matrix product */
#define MOST_THREADS 64
#define MOST_OPERANDS 8

typedef struct {
    _Alignas(APART) atomic_llong taken; /* how many of its blocks have been begun */
    npy_intp first, blocks;
} Share;

typedef struct {
    PyUFuncGenericFunction loop;
    void *data;
    int operands; /* the inputs and the output */
    char *start[MOST_OPERANDS];
    npy_intp step[MOST_OPERANDS];
    npy_intp size, block; /* numbers in all, and of a block */
    bool reversed;
    int threads;
    atomic_int raised; /* floating-point exceptions, as in fenv.h */
    Share share[MOST_THREADS];
} Job;

/* Of a worker: it spins, it sleeps, a job was posted and not begun, it works on the job. */
enum { FREE, ASLEEP, POSTED, BUSY };

typedef struct {
    _Alignas(APART) atomic_int state;
    PyThread_type_lock semaphore; /* what it sleeps on */
    Job *job;
    int number;
} Worker;

static Worker workers[MOST_THREADS - 1];
static int started;
static atomic_bool in_use; /* the workers work for one thread at a time; only that one starts more */

static void relax(void)
{
#if defined(__x86_64__) || defined(__i386__)
    _mm_pause();
#elif defined(__aarch64__)
    __asm__ __volatile__("isb"); /* about as long as x86's pause; yield takes no time */
#endif
}

static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static void run_block(Job *job, npy_intp number)
{
    npy_intp begin = number * job->block, size = job->size - begin;
    char *at[MOST_OPERANDS];

    if (size > job->block)
        size = job->block;
    for (int i = 0; i < job->operands; i++)
        at[i] = job->start[i] + begin * job->step[i];
    job->loop(at, &size, job->step, job->data);
}

/* Work on a job until none of its blocks is left: on one's own share, then on what is left of the others'. */
static void work(Job *job, int own)
{
    feclearexcept(FE_ALL_EXCEPT);
    for (int i = 0; i < job->threads; i++) {
        Share *share = &job->share[(own + i) % job->threads];
        for (;;) {
            npy_intp k = atomic_fetch_add(&share->taken, 1);
            if (k >= share->blocks)
                break;
            run_block(job, share->first + (job->reversed ? share->blocks - 1 - k : k));
        }
    }
    atomic_fetch_or(&job->raised, fetestexcept(FE_DIVBYZERO | FE_OVERFLOW | FE_UNDERFLOW | FE_INVALID));
}

static bool change(Worker *worker, int from, int to)
{
    return atomic_compare_exchange_strong(&worker->state, &from, to);
}

static bool take_job(Worker *worker)
{
    double until = seconds() + SPINNING;
    do {
        for (int spins = 0; spins < SPINS; spins++) {
            if (atomic_load_explicit(&worker->state, memory_order_relaxed) == POSTED && change(worker, POSTED, BUSY))
                return true;
            relax();
        }
        sched_yield();
    } while (seconds() < until);
    return false;
}

static void serve(void *argument)
{
    Worker *worker = argument;
    for (;;) {
        if (take_job(worker)) {
            work(worker->job, worker->number);
            atomic_store(&worker->state, FREE);
        } else if (change(worker, FREE, ASLEEP)) {
            PyThread_acquire_lock(worker->semaphore, WAIT_LOCK);
        }
    }
}

static void post(Worker *worker, Job *job)
{
    worker->job = job;
    if (atomic_exchange(&worker->state, POSTED) == ASLEEP)
        PyThread_release_lock(worker->semaphore);
}

/* No block is left: a worker that has not begun need not any more, and one that has ends the block that it is at. */
static void join_worker(Worker *worker)
{
    if (change(worker, POSTED, FREE))
        return;
    for (;;) {
        for (int spins = 0; spins < SPINS; spins++) {
            if (atomic_load(&worker->state) != BUSY)
                return;
            relax();
        }
        sched_yield(); /* the worker may be waiting for this core */
    }
}

/* How many of so many workers there are; they are started when they are first needed. */
static int start_workers(int wanted)
{
    while (started < wanted) {
        Worker *worker = &workers[started];
        worker->number = started + 1;
        atomic_store(&worker->state, FREE);
        worker->semaphore = PyThread_allocate_lock();
        if (worker->semaphore == NULL)
            break;
        PyThread_acquire_lock(worker->semaphore, WAIT_LOCK);
        if (PyThread_start_new_thread(serve, worker) == PYTHREAD_INVALID_THREAD_ID)
            break;
        started++;
    }
    return started < wanted ? started : wanted;
}

/* Loops of objects need the interpreter, and those of integers may raise exceptions of Python's. */
static bool may_run_apart(int type, bool input)
{
    return PyTypeNum_ISFLOAT(type) || PyTypeNum_ISCOMPLEX(type) || (PyTypeNum_ISBOOL(type) && !input);
}

/* Whether the loop may run in parts, and if so where it begins and how it steps. */
static bool prepare(Job *job, PyUFuncObject *ufunc, PyObject *const *arrays)
{
    npy_intp itemsize = 1;
    int i, j;

    job->operands = ufunc->nargs;
    for (i = 0; i < job->operands; i++)
        if (!PyArray_CheckExact(arrays[i]))
            return false;
    if (!PyArray_ISWRITEABLE((PyArrayObject *)arrays[ufunc->nin]))
        return false;
    job->size = PyArray_SIZE((PyArrayObject *)arrays[ufunc->nin]);
    for (i = 0; i < job->operands; i++) {
        PyArrayObject *a = (PyArrayObject *)arrays[i];
        bool one = PyArray_SIZE(a) == 1;
        if (!PyArray_ISCARRAY_RO(a) || !(one || PyArray_SIZE(a) == job->size))
            return false;
        job->start[i] = PyArray_BYTES(a);
        job->step[i] = one ? 0 : PyArray_ITEMSIZE(a);
        if (itemsize < PyArray_ITEMSIZE(a))
            itemsize = PyArray_ITEMSIZE(a);
    }
    job->block = BLOCK / itemsize;

    for (i = 0; i < ufunc->ntypes; i++) {
        const char *types = ufunc->types + i * ufunc->nargs;
        for (j = 0; j < ufunc->nargs; j++)
            if (PyArray_TYPE((PyArrayObject *)arrays[j]) != types[j] || !may_run_apart(types[j], j < ufunc->nin))
                break;
        if (j == ufunc->nargs && ufunc->functions[i] != NULL) {
            job->loop = ufunc->functions[i];
            job->data = ufunc->data == NULL ? NULL : (void *)ufunc->data[i];
            return true;
        }
    }
    return false;
}

static void run_on(Job *job, int threads)
{
    static atomic_uint jobs;
    npy_intp blocks = (job->size + job->block - 1) / job->block;
    bool alone;

    if (threads > blocks)
        threads = (int)blocks;
    alone = threads <= 1 || atomic_exchange(&in_use, true);

    job->threads = alone ? 1 : 1 + start_workers(threads - 1);
    job->reversed = atomic_fetch_add(&jobs, 1) % 2;
    atomic_init(&job->raised, 0);
    for (int i = 0; i < job->threads; i++) {
        Share *share = &job->share[i];
        atomic_init(&share->taken, 0);
        share->first = blocks * i / job->threads;
        share->blocks = blocks * (i + 1) / job->threads - share->first;
    }
    for (int i = 1; i < job->threads; i++)
        post(&workers[i - 1], job);
    work(job, 0);
    for (int i = 1; i < job->threads; i++)
        join_worker(&workers[i - 1]);
    if (!alone)
        atomic_store(&in_use, false);
}

PyDoc_STRVAR(run_doc,
"run(ufunc, threads, *arrays)\n--\n\n"
"Write ``ufunc(*inputs)`` into the last of the arrays, the output, on so many threads.\n\n"
"The inputs are as large as the output, or one number; each lies elsewhere, or is the output itself. Returns which\n"
"floating-point exceptions were raised (a sum of 1 for a division by zero, 2 for an overflow, 4 for an underflow, 8 for\n"
"an invalid operation), or None if nothing was done, because these arrays need what only NumPy does (an order of\n"
"memory, a conversion, a loop that may raise). The ufunc is one of NumPy's own: others may raise whatever they take.");

static PyObject *run(PyObject *module, PyObject *const *arguments, Py_ssize_t count)
{
    PyUFuncObject *ufunc;
    long threads;
    Job job;
    int raised;

    if (count < 2) {
        PyErr_SetString(PyExc_TypeError, "run(ufunc, threads, *arrays) needs a ufunc and a number of threads.");
        return NULL;
    }
    threads = PyLong_AsLong(arguments[1]);
    if (threads == -1 && PyErr_Occurred())
        return NULL;
    if (!PyObject_TypeCheck(arguments[0], &PyUFunc_Type))
        Py_RETURN_NONE;
    ufunc = (PyUFuncObject *)arguments[0];
    if (ufunc->core_enabled || ufunc->nout != 1 || ufunc->nargs > MOST_OPERANDS || ufunc->nargs != count - 2)
        Py_RETURN_NONE;
    if (!prepare(&job, ufunc, arguments + 2))
        Py_RETURN_NONE;

    threads = threads < 1 ? 1 : threads > MOST_THREADS ? MOST_THREADS : threads;
    Py_BEGIN_ALLOW_THREADS
    run_on(&job, (int)threads);
    Py_END_ALLOW_THREADS
    raised = atomic_load(&job.raised);
    return PyLong_FromLong((raised & FE_DIVBYZERO ? 1 : 0) | (raised & FE_OVERFLOW ? 2 : 0) |
                           (raised & FE_UNDERFLOW ? 4 : 0) | (raised & FE_INVALID ? 8 : 0));
}

PyDoc_STRVAR(forget_doc,
"forget()\n--\n\n"
"Start new threads when they are next needed: a forked process has none of its parent's.");

static PyObject *forget(PyObject *module, PyObject *Py_UNUSED(ignored))
{
    started = 0;
    atomic_store(&in_use, false);
    Py_RETURN_NONE;
}

static PyMethodDef methods[] = {
    {"run", (PyCFunction)(void (*)(void))run, METH_FASTCALL, run_doc},
    {"forget", forget, METH_NOARGS, forget_doc},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "all_cores",
    .m_doc = "A NumPy ufunc's own loop over large arrays, on several cores at once.",
    .m_size = -1,
    .m_methods = methods,
};

PyMODINIT_FUNC PyInit_all_cores(void)
{
    import_array();
    import_umath();
    return PyModule_Create(&definition);
}
