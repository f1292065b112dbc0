-- AlterTable
ALTER TABLE "job" ADD COLUMN     "attempts" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "lease_until" TIMESTAMPTZ(3),
ADD COLUMN     "request" TEXT,
ALTER COLUMN "runner" DROP NOT NULL;

-- CreateTable
CREATE TABLE "upload" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "job_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "upload_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "upload_chunk" (
    "upload_id" UUID NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "bytes" BYTEA NOT NULL,

    CONSTRAINT "upload_chunk_pkey" PRIMARY KEY ("upload_id","ordinal")
);

-- CreateIndex
CREATE INDEX "upload_job_id_idx" ON "upload"("job_id");

-- AddForeignKey
ALTER TABLE "upload" ADD CONSTRAINT "upload_job_id_fkey" FOREIGN KEY ("job_id") REFERENCES "job"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "upload_chunk" ADD CONSTRAINT "upload_chunk_upload_id_fkey" FOREIGN KEY ("upload_id") REFERENCES "upload"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What the schema language of Prisma cannot say.
-- The bytes of jobs before this version were files of a process that is gone.
UPDATE "job" SET "status" = 'FAILED', "error_code" = 'INTERRUPTED',
  "error_message" = 'The server was replaced by a newer version before the job had ended', "finished_at" = now()
WHERE "status" IN ('QUEUED', 'IN_PROGRESS');
UPDATE "job" SET "runner" = NULL;

ALTER TABLE "job"
  ADD CONSTRAINT "job_lease_check" CHECK (
    ("status" = 'IN_PROGRESS') = ("lease_until" IS NOT NULL) AND ("runner" IS NULL OR "status" = 'IN_PROGRESS')
  ),
  ADD CONSTRAINT "job_attempts_check" CHECK ("attempts" >= 0);
ALTER TABLE "upload_chunk"
  ADD CONSTRAINT "upload_chunk_ordinal_check" CHECK ("ordinal" >= 0),
  ADD CONSTRAINT "upload_chunk_bytes_check" CHECK (octet_length("bytes") BETWEEN 1 AND 1048576);

-- They are read once, soon: compressing them would cost more than it saves.
ALTER TABLE "upload_chunk" ALTER COLUMN "bytes" SET STORAGE EXTERNAL;

-- Every process learns of every change that it could show or act on, whoever made it. A renewed lease is none.
CREATE FUNCTION "tell_job"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('portolan_job', NEW."status" || ' ' || NEW."id");
  RETURN NULL;
END $$;
CREATE TRIGGER "job_told" AFTER INSERT OR UPDATE OF "status", "phase", "done", "total" ON "job"
  FOR EACH ROW EXECUTE FUNCTION "tell_job"();
